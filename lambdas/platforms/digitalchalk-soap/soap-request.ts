import { Client, WSDL } from 'soap';
import { escapeText } from '../xml-text.ts';
import type { Auth } from './signature.ts';
import { type Operation, wsdlAt } from './wsdl.ts';

/** `user` of createUser and createAndRegisterUser: all 8 elements, each as text. */
export interface UserFields {
  readonly emailAddress: string;
  readonly username: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly licenseAgreed: 'true' | 'false';
  readonly password: string;
  readonly passwordReset: 'true' | 'false';
  readonly tags: string;
}

/** What follows `auth` in each operation's request (DigitalChalk API v4, Operations). */
export interface OperationFields {
  readonly doesUserExist: { readonly username: string };
  readonly createUser: { readonly user: UserFields };
  readonly registerUser: { readonly username: string; readonly offeringId: string };
  readonly createAndRegisterUser: { readonly user: UserFields; readonly offeringId: string };
}

/** A request ready to be posted. */
export interface SoapRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * node-soap's own escaping lets a text through raw that begins with `<![CDATA[` and ends with `]]>`, whatever is between; so it is
 * switched off and every text is escaped here.
 */
const wsdl = await ready(new WSDL(wsdlAt('https://api.digitalchalk.com/'), '', { escapeXML: false }));

/**
 * Has node-soap write an operation's SOAP 1.1 request from the WSDL, and takes the request before it is sent: node-soap sees no reply
 * and so makes no error, whose properties would hold the request with its password. A new client each time, because a client keeps its last request.
 *
 * @throws Error where a field is no text: node-soap writes an object `{"$xml": …}` into the request as it stands
 */
export function writeRequest<O extends Operation>(operation: O, auth: Auth, fields: OperationFields[O]): SoapRequest {
  let written: SoapRequest | undefined;
  const client = new Client(wsdl, undefined, {
    httpClient: {
      request(_address, body, _callback, headers) {
        written = { headers: { ...headers }, body: String(body) };
        return new Promise<never>(() => {});
      },
    },
  });
  client[operation](inOrder(escaped({ auth, ...fields })), () => {});
  if (written === undefined) throw new Error(`node-soap did not write ${operation} at once`);
  return written;
}

/** node-soap puts the elements of a named type in the schema's order, but not those of the request itself. */
function inOrder(fields: Record<string, unknown>): Record<string, unknown> {
  const present = ['auth', 'username', 'user', 'offeringId'].filter((name) => name in fields);
  return Object.fromEntries(present.map((name) => [name, fields[name]]));
}

function escaped(fields: object): Record<string, unknown> {
  const entries = Object.entries(fields).map(([name, value]: [string, unknown]) => {
    if (typeof value === 'string') return [name, escapeText(value)];
    if (name === 'auth' || name === 'user') return [name, escaped(Object(value))];
    throw new Error(`the SOAP field ${name} is no text`);
  });
  return Object.fromEntries(entries);
}

/** @throws Error where our own WSDL is broken */
function ready(loading: WSDL): Promise<WSDL> {
  return new Promise((resolve, reject) => {
    loading.onReady((problem) => (problem ? reject(problem) : resolve(loading)));
  });
}
