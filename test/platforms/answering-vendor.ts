import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { running } from '../../infra/local/servers/listen.ts';

export interface VendorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** A vendor that answers everything in the way that it was told last. */
export async function startAnsweringVendor() {
  let answer: VendorAnswer = { status: 404, headers: {}, body: '' };
  let asked = '';
  const server = createServer(async (request, response) => {
    asked = await text(request);
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  const { url, close } = await running(server);
  return {
    url,
    close,
    /** The body of the last request. */
    asked: () => asked,
    answerWith: (told: VendorAnswer) => {
      answer = told;
    },
  };
}
