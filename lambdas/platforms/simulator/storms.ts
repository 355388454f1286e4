import type { Weather } from '../platform-simulator.ts';
import type { SentReply, SimulatedReply } from './exchange.ts';

/** What a kind of bad weather does to a reply, and whether the vendor did before what it was asked to. */
interface Storm {
  /** `either`: by default it did not, unless `carriedOut` says so; `either-done`: by default it did. */
  readonly carriedOut: 'no' | 'yes' | 'either' | 'either-done';
  /** @param reply the vendor's reply in good weather; nothing where the vendor did nothing */
  readonly spoil: (reply: SimulatedReply, ms: number) => SentReply;
}

const page = (status: number, title: string, headers: Readonly<Record<string, string>> = {}): SentReply => ({
  reply: {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
    body: `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1><br></body></html>\n`,
  },
});

const changed = (reply: SimulatedReply, body: string | Uint8Array): SentReply => ({ reply: { ...reply, body } });
const textOf = (reply: SimulatedReply) => Buffer.from(reply.body).toString('utf8');
const retryAfter = (ms: number) => ({ 'retry-after': String(Math.ceil(ms / 1000)) });

/** All that a lenient parser needs is there, but not the document's end. */
function truncate(text: string): string {
  const end = text.lastIndexOf('<');
  return end > 0 ? text.slice(0, end) : text.slice(0, -1);
}

/** Says UTF-8 and is not: Latin-1 where the text has characters that differ there, UTF-16 without a mark otherwise, so that it is never readable. */
function misencode(text: string): Buffer {
  const unmarked = text.replace(/^\ufeff/, '');
  const latin1 = Buffer.from(unmarked, 'latin1');
  const differs = latin1.toString('latin1') === unmarked && !latin1.equals(Buffer.from(unmarked));
  return differs ? latin1 : Buffer.from(unmarked, 'utf16le');
}

const secondRoot = (text: string) => text.replace(/^\ufeff?\s*<\?xml[^>]*\?>/, '');

export const storms: Readonly<Record<Weather, Storm>> = {
  slow: { carriedOut: 'yes', spoil: (reply) => ({ reply }) },
  'http-500': { carriedOut: 'either', spoil: () => page(500, 'Internal Server Error') },
  'http-503': { carriedOut: 'no', spoil: (_, ms) => page(503, 'Service Unavailable', retryAfter(ms)) },
  'http-429': { carriedOut: 'no', spoil: (_, ms) => page(429, 'Too Many Requests', retryAfter(ms)) },
  'maintenance-page': { carriedOut: 'either', spoil: () => page(200, 'We will be back soon') },
  empty: { carriedOut: 'either-done', spoil: (reply) => changed({ ...reply, status: 200 }, '') },
  truncated: { carriedOut: 'yes', spoil: (reply) => changed(reply, truncate(textOf(reply))) },
  'two-roots': { carriedOut: 'yes', spoil: (reply) => changed(reply, textOf(reply) + secondRoot(textOf(reply))) },
  'wrong-charset': { carriedOut: 'yes', spoil: (reply) => changed(reply, misencode(textOf(reply))) },
  'reply-lost': { carriedOut: 'yes', spoil: (reply) => ({ reply, cut: 'at-once' }) },
  'request-lost': { carriedOut: 'no', spoil: (reply) => ({ reply, cut: 'at-once' }) },
  'connection-refused': { carriedOut: 'no', spoil: (reply) => ({ reply, cut: 'at-once' }) },
  'reset-mid-body': { carriedOut: 'yes', spoil: (reply) => ({ reply, cut: 'half-way' }) },
  redirect: { carriedOut: 'either', spoil: () => page(307, 'Moved', { location: '/_simulator/elsewhere' }) },
  'huge-reply': { carriedOut: 'yes', spoil: (reply) => changed(reply, textOf(reply) + ' '.repeat(10_000_000)) },
};
