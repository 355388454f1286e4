import { XMLParser } from 'fast-xml-parser';
import jsonata from 'jsonata';
import { WSDL } from 'soap';

export * from './worker-clients.ts';

/** The floor of DigitalChalk's SOAP worker: beside the clients, mappings are JSONata, replies are XML, and requests are written by `soap`. */
export const readers = [XMLParser, jsonata, WSDL];
