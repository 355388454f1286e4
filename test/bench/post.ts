import { webhookFor } from './signups.ts';

export interface Answered {
  readonly status: number;
  readonly ms: number;
}

/**
 * Posts one signed webhook as a sender would.
 *
 * @param url the API's base address
 * @param key the source's
 */
export async function post(url: string, key: string, email: string): Promise<Answered> {
  const { headers, body } = webhookFor(email, key);
  const start = performance.now();
  const response = await fetch(`${url}/webhooks/shop`, { method: 'POST', headers, body: new Uint8Array(body) });
  await response.arrayBuffer();
  return { status: response.status, ms: performance.now() - start };
}
