import { createServer } from 'node:http';
import { running } from '../../infra/local/servers/listen.ts';

export interface VendorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** A vendor that answers everything in the way that it was told last. */
export async function startAnsweringVendor() {
  let answer: VendorAnswer = { status: 404, headers: {}, body: '' };
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  const { url, close } = await running(server);
  return {
    url,
    close,
    answerWith: (told: VendorAnswer) => {
      answer = told;
    },
  };
}
