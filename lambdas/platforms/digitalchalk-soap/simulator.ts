import type { PlatformSimulator } from '../platform-simulator.ts';
import { counter } from '../simulator/counter.ts';
import type { SimulatedReply, SimulatedRequest } from '../simulator/exchange.ts';
import { startSimulator } from '../simulator/kit.ts';
import { chooseVariants, type Variants } from '../simulator/variants.ts';
import { secretSchema } from './secret.ts';
import { payloadOf } from './simulated-payload.ts';
import { clientFault, type ReplyStyle, writeAnswer, writeFault } from './simulated-reply.ts';
import { simulatedService } from './simulated-service.ts';
import { type Operation, operations, wsdlAt } from './wsdl.ts';

/** What the vendor has not published. */
const variants = {
  /** Where to post to; the WSDL says it. */
  endpoint: ['/dc/api/v4', '/dc/api', '/services/v4'],
  /** Which prefixes replies use: those of Spring-WS, those of .NET, or each for the other's namespace. */
  prefixes: ['spring', 'dotnet', 'swapped'],
  /** The vendor's tables and its sample XML disagree on the order. */
  fieldOrder: ['documented', 'reversed'],
  faultStatus: ['500', '200'],
  /** Where a fault says what is wrong; `echo` repeats the request, as a careless service would. */
  faultText: ['faultstring', 'detail', 'echo'],
  /** How a user that the vendor will not have is refused. */
  refusal: ['fault', 'success-false'],
  /** `ignored`: the organisation does not use usernames; users are looked up by their address. */
  usernames: ['kept', 'ignored'],
} as const satisfies Variants;

const wsdlPath = '/dc/api/v4.wsdl';

/**
 * DigitalChalk's SOAP API v4 on this machine. It speaks to any SOAP 1.1 client: its WSDL stands at `/dc/api/v4.wsdl` and names the running
 * server. Schema, order, namespace, signature and clock are checked; an address under `.invalid` is refused.
 */
export const simulator: PlatformSimulator = {
  variants,
  start: (options = {}) => {
    const has = chooseVariants(variants, options.variants);
    const style: ReplyStyle = {
      prefixes: theOne(variants.prefixes, (value) => has('prefixes', value)),
      fieldOrder: theOne(variants.fieldOrder, (value) => has('fieldOrder', value)),
      faultStatus: theOne(variants.faultStatus, (value) => has('faultStatus', value)),
      faultText: theOne(variants.faultText, (value) => has('faultText', value)),
    };
    const counts = counter();
    const secret = options.secret ?? inventedSecret;
    const service = simulatedService({
      keys: secretSchema.parse(secret),
      duplicates: options.duplicates ?? 'refused',
      usernames: theOne(variants.usernames, (value) => has('usernames', value)),
      refusal: theOne(variants.refusal, (value) => has('refusal', value)),
      now: options.now ?? Date.now,
      countRefusedLogin: () => counts.count('refusedLogins'),
    });
    const endpoint = theOne(variants.endpoint, (value) => has('endpoint', value));

    function carryOut(operation: Operation, request: SimulatedRequest): SimulatedReply {
      const payload = payloadOf(request);
      const result = payload.kind === 'fault' ? payload : service.carryOut(operation, payload.element);
      if (result.kind === 'fault') return writeFault(result, style, request.body.toString('utf8'));
      return writeAnswer(operation, result.fields, style);
    }

    function otherwise(request: SimulatedRequest): SimulatedReply {
      if (request.method === 'GET' && isWsdl(request)) {
        const headers = { 'content-type': 'text/xml; charset=utf-8' };
        return { status: 200, headers, body: wsdlAt(`http://${request.headers.host ?? 'localhost'}${endpoint}`) };
      }
      if (request.path !== endpoint) return plain(404, `The WSDL is at ${wsdlPath}`);
      if (request.method !== 'POST') return plain(405, 'SOAP is posted');
      const payload = payloadOf(request);
      const fault =
        payload.kind === 'fault' ? payload : clientFault(`There is no operation for ${payload.element.name}`);
      return writeFault(fault, style, request.body.toString('utf8'));
    }

    const isWsdl = ({ path, query }: SimulatedRequest) => path === wsdlPath || (path === endpoint && query.has('wsdl'));

    function operationOf(request: SimulatedRequest): Operation | undefined {
      if (request.method !== 'POST' || request.path !== endpoint) return undefined;
      const payload = payloadOf(request);
      if (payload.kind === 'fault') return undefined;
      return operations.find((operation) => payload.element.name === `${operation}Request`);
    }

    return startSimulator(
      {
        operations: Object.fromEntries(
          operations.map((operation) => [operation, (request: SimulatedRequest) => carryOut(operation, request)]),
        ),
        operationOf,
        otherwise,
        accounts: service.accounts,
        counts,
        secret,
        settings: { endpoint },
      },
      options,
    );
  },
};

const inventedSecret = { accessKey: 'dc-access-key', secretKey: 'dc-secret-0123456789abcdef' };

const theOne = <T extends string>(values: readonly [T, ...T[]], isChosen: (value: T) => boolean): T =>
  values.find(isChosen) ?? values[0];

const plain = (status: number, body: string): SimulatedReply => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: `${body}\n`,
});
