/** What reached the simulated vendor. */
export interface SimulatedRequest {
  readonly method: string;
  /** Without the query; percent-encodings as they were sent. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case, doubled headers joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What the simulated vendor answers in good weather. */
export interface SimulatedReply {
  readonly status: number;
  /** `content-type` and whatever else the vendor sends; the length is added. */
  readonly headers: Readonly<Record<string, string>>;
  /** A string is sent as UTF-8. */
  readonly body: string | Uint8Array;
}

/** How a reply travels: whole, or only its first half before the connection is reset, or not at all. */
export interface SentReply {
  readonly reply: SimulatedReply;
  readonly cut?: 'at-once' | 'half-way';
}
