import { XMLParser } from 'fast-xml-parser';
import jsonata from 'jsonata';

export * from './worker-clients.ts';

/** The floor of Electa's worker: beside the clients, mappings are JSONata and the vendor's replies are XML; nothing can read either without a reader. */
export const readers = [XMLParser, jsonata];
