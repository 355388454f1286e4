import jsonata from 'jsonata';

export * from './worker-clients.ts';

/** The floor of a worker whose vendor speaks JSON: beside the clients, mappings are JSONata; JSON and `fetch` are there already. */
export const readers = [jsonata];
