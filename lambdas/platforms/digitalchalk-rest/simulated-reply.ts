import type { SimulatedReply, SimulatedRequest } from '../simulator/exchange.ts';
import type { HasVariant } from '../simulator/variants.ts';
import type { digitalChalkRestVariants } from './variants.ts';

type Has = HasVariant<typeof digitalChalkRestVariants>;

/** What is wrong with a request: of it as a whole, or of one of its fields. */
export interface ValidationError {
  readonly field?: string;
  readonly text: string;
}

const json = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): SimulatedReply => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

const maximumLimit = 100;
const defaultLimit = 15;

/** Writes the vendor's replies in each of the forms that its documentation leaves open. */
export function replyWriter(has: Has, base: string) {
  /** An object without its empty fields, or with nulls in their places. */
  const filled = (fields: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(
      Object.entries(fields).flatMap(([name, value]) => {
        const isEmpty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
        if (!isEmpty) return [[name, value]];
        return has('noValue', 'null') ? [[name, null]] : [];
      }),
    );

  return {
    created: (request: SimulatedRequest, collection: string, id: string): SimulatedReply => {
      const below = `${collection}/${id}`;
      const path = has('location', 'below-base') ? `/${below}` : `${base}/${below}`;
      const location = has('location', 'absolute') ? `http://${request.headers.host}${path}` : path;
      return { status: 201, headers: { 'content-type': 'application/json', location }, body: '' };
    },
    changed: (): SimulatedReply => ({ status: 204, headers: {}, body: '' }),
    notFound: (): SimulatedReply => json(404, { errors: ['There is no such resource'] }),
    one: (fields: Readonly<Record<string, unknown>>): SimulatedReply => json(200, filled(fields)),

    /** DigitalChalk API v5, Create a New User, Failure Cases. */
    invalid: (errors: readonly ValidationError[]): SimulatedReply => {
      if (has('errors', 'bare')) return { status: 400, headers: {}, body: '' };
      const ofFields = errors.filter(({ field }) => field !== undefined && !has('errors', 'errors'));
      const others = errors.filter((error) => !ofFields.includes(error));
      const fieldErrors = Object.fromEntries(ofFields.map(({ field = '', text }) => [field, text]));
      if (has('errors', 'field-errors') && ofFields.length > 0) return json(400, { fieldErrors });
      return json(400, { errors: others.map(({ text }) => text), fieldErrors });
    },

    /** RFC 6750, 3. */
    tokenRefused: (): SimulatedReply =>
      json(
        401,
        { error: 'invalid_token', error_description: 'Invalid access token' },
        { 'www-authenticate': 'Bearer realm="digitalchalk", error="invalid_token"' },
      ),

    /** DigitalChalk API v5, Paging. */
    list: (request: SimulatedRequest, all: readonly Readonly<Record<string, unknown>>[]): SimulatedReply => {
      const limit = Number(request.query.get('limit') ?? defaultLimit);
      const offset = Number(request.query.get('offset') ?? 0);
      if (!Number.isInteger(limit) || limit < 1 || limit > maximumLimit)
        return json(400, { errors: ['limit must be between 1 and 100'] });
      if (!Number.isInteger(offset) || offset < 0) return json(400, { errors: ['offset must not be negative'] });
      const link = (from: number) => {
        const query = new URLSearchParams(request.query);
        query.set('offset', String(Math.max(0, from)));
        return `https://api.digitalchalk.example${request.path}?${query}`;
      };
      return json(200, {
        results: all.slice(offset, offset + limit).map(filled),
        ...filled({
          next: offset + limit < all.length ? link(offset + limit) : undefined,
          [has('pageBefore', 'prev') ? 'prev' : 'previous']: offset > 0 ? link(offset - limit) : undefined,
        }),
      });
    },
  };
}

export type ReplyWriter = ReturnType<typeof replyWriter>;
