import { XMLParser } from 'fast-xml-parser';
import jsonata from 'jsonata';
import { Client, WSDL } from 'soap';
import { wsdlAt } from '../../../lambdas/platforms/digitalchalk-soap/wsdl.ts';

export * from './worker-clients.ts';

const wsdl = new WSDL(wsdlAt('https://api.digitalchalk.com/'), '', {});
await new Promise<void>((resolve, reject) => wsdl.onReady((error) => (error ? reject(error) : resolve())));

/**
 * The floor of DigitalChalk's SOAP worker: beside the clients, mappings are JSONata, replies are XML, and requests are written by `soap`. Its client is
 * made, as the AWS clients are: it writes nothing before it has read its WSDL. Of node-soap's own HTTP client nothing is there, as in our bundle.
 */
export const readers = [XMLParser, jsonata];
export const client = new Client(wsdl, undefined, { httpClient: { request: () => new Promise<never>(() => {}) } });
