import { shellQuote } from './shell-quote.ts';

/** A request as a `curl` command that can be pasted. @param body is sent byte for byte */
export function curlCommand(url: string, headers: Readonly<Record<string, string>>, body: string): string {
  const lines = [
    `curl -i ${shellQuote(url)}`,
    ...Object.entries(headers).map(([name, value]) => `-H ${shellQuote(`${name}: ${value}`)}`),
    `--data-binary ${shellQuote(body)}`,
  ];
  return lines.join(' \\\n    ');
}
