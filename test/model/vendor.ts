import type {
  AccountResult,
  AddTagsCall,
  AddTagsResult,
  CallFailure,
  LoginResult,
  LookUpResult,
  PlatformTraits,
  Prepared,
  RegisterCall,
  RegisterResult,
  Vendor,
  VendorCall,
} from '../../lambdas/platforms/platform.ts';
import type { Signup } from '../../lambdas/signups/signup.ts';
import type { EffectName } from './effects.ts';
import type { Environment } from './environment.ts';
import { NobodyKnows, NotCarriedOut } from './environment.ts';
import type { History } from './history.ts';
import type { VendorService } from './vendor-service.ts';

export interface VendorKind {
  readonly access: 'session' | 'direct';
  readonly canLookUp: boolean;
  readonly credentials: 'vendor-made' | 'ours' | 'none';
  readonly canRegister?: boolean;
  readonly canTag?: boolean;
}

/** Whom this vendor never takes. */
export const refusedName = 'Nemo';

/** The adapter's side: the port that the core calls, for one environment. */
export function createVendor(
  kind: VendorKind,
  service: VendorService,
  environment: Environment,
  history: History,
  versionOf: (key: string) => string,
): Vendor {
  const { name: worker } = environment;

  /** One call: what the vendor answers, or how it failed. */
  async function call<T>(effect: EffectName, signal: AbortSignal, carryOut: () => T): Promise<T | CallFailure> {
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(new NobodyKnows('it took too long')), { once: true });
    });
    aborted.catch(() => undefined);
    if (signal.aborted) return { kind: 'nobody-knows', message: 'it took too long' };
    const asked = environment.ask(effect, () => {
      if (service.isDown()) throw new NotCarriedOut('the vendor is down');
      return carryOut();
    });
    asked.catch(() => undefined);
    try {
      return await environment.living(Promise.race([asked, aborted]));
    } catch (error) {
      if (error instanceof NotCarriedOut) return { kind: 'not-done', message: error.message };
      if (error instanceof NobodyKnows) return { kind: 'nobody-knows', message: error.message };
      throw error;
    }
  }

  function open(key: string) {
    const refused = (): CallFailure => {
      history.add({ kind: 'credentials refused', worker, version: versionOf(key) });
      return { kind: 'credentials-refused', message: 'Invalid Account or Application Key' };
    };
    const checked = <T>(token: string, answer: () => T): T | CallFailure => {
      const access = service.check({ key, token });
      if (access === 'granted') return answer();
      return access === 'token-refused' ? { kind: access, message: 'Token is not valid' } : refused();
    };
    const login = async (signal: AbortSignal): Promise<LoginResult> => {
      const version = versionOf(key);
      const ended = (end: string): void => history.add({ kind: 'login ended', worker, version, end });
      if (!signal.aborted) history.add({ kind: 'login asked', worker, version });
      const carried = call<LoginResult>('log in', signal, () => {
        const answer = service.logIn(key);
        history.add({ kind: 'logged in', worker, version, answer: typeof answer === 'string' ? answer : 'token' });
        if (typeof answer !== 'string') return { kind: 'token', ...answer };
        return { kind: 'credentials-refused', message: 'Invalid Account or Application Key' };
      });
      const end = await Promise.race([carried, environment.dead]);
      if (end === undefined) {
        ended('unknown');
        return carried.then(loginResult);
      }
      const result = loginResult(end);
      ended(result.kind);
      return result;
    };
    const createAccount = async ({
      signup,
      token,
      signal,
      password,
    }: VendorCall & { password: { value: string } | null }) => {
      const reference = signup.reference ?? '';
      const result = await call<AccountResult>('create account', signal, () => {
        const answer = checked<AccountResult>(token, () => {
          const isRefused = signup.firstName === refusedName;
          const made = service.create({
            personKey: personKeyOf(signup),
            reference,
            isRefused,
            password: password?.value ?? null,
          });
          if (made === 'rejected') return { kind: 'rejected', message: 'Nemo is nobody' };
          if (made === 'duplicate')
            return { kind: 'duplicate', message: 'Email already exists', account: {}, notApplied: tagsOf(signup) };
          const credentials =
            kind.credentials === 'vendor-made' ? { username: `u${made.userId}`, password: made.password } : undefined;
          return { kind: 'created', account: { userId: made.userId }, credentials, notApplied: [] };
        });
        history.add({
          kind: 'called',
          worker,
          reference,
          offering: null,
          answer: answer.kind,
          personKey: personKeyOf(signup),
          password: password?.value ?? null,
        });
        return answer;
      });
      history.add({ kind: 'heard', worker, reference, offering: null, answer: result.kind });
      return result;
    };
    const lookUp = ({ signup, token, signal }: VendorCall): Promise<LookUpResult> =>
      call<LookUpResult>('look up', signal, () =>
        checked<LookUpResult>(token, () => {
          const found = service.find(personKeyOf(signup));
          return found === undefined
            ? { kind: 'absent' }
            : { kind: 'exists', account: { userId: found.userId }, notApplied: tagsOf(signup) };
        }),
      );
    const register = async ({ signup, token, signal, offering }: RegisterCall): Promise<RegisterResult> => {
      const reference = signup.reference ?? '';
      const result = await call<RegisterResult>('register', signal, () => {
        const answer = checked<RegisterResult>(token, () => {
          const kind = service.register({ personKey: personKeyOf(signup), reference, offering });
          return kind === 'registered' ? { kind } : { kind, message: 'Already registered, or closed' };
        });
        const personKey = personKeyOf(signup);
        history.add({ kind: 'called', worker, reference, offering, answer: answer.kind, personKey, password: null });
        return answer;
      });
      history.add({ kind: 'heard', worker, reference, offering, answer: result.kind });
      return result;
    };
    const addTags = ({ token, signal }: AddTagsCall): Promise<AddTagsResult> =>
      call<AddTagsResult>('add tags', signal, () => checked<AddTagsResult>(token, () => ({ kind: 'added' })));
    const calls = {
      createAccount,
      ...(kind.canLookUp ? { lookUp } : {}),
      ...(kind.canRegister ? { register } : {}),
      ...(kind.canTag ? { addTags } : {}),
    };
    return kind.access === 'session'
      ? ({ ...calls, access: 'session', login } as const)
      : ({ ...calls, access: 'direct' } as const);
  }

  return {
    prepare: (signup): Prepared => ({ kind: 'ready', personKey: personKeyOf(signup), loginName: signup.email }),
    open: (secret) => {
      const key = keyOf(secret);
      return key === undefined ? { problem: 'holds no key' } : open(key);
    },
  };
}

/** What an account that was there before does not get by itself. */
const tagsOf = ({ tags }: Signup): string[] => (tags.length > 0 ? ['tags'] : []);

/** What the vendor holds unique. */
const personKeyOf = ({ email }: Signup): string => email.toLowerCase();

const keyOf = (secret: unknown): string | undefined =>
  typeof secret === 'object' && secret !== null && 'key' in secret && typeof secret.key === 'string'
    ? secret.key
    : undefined;

function loginResult(result: LoginResult | CallFailure): LoginResult {
  if (result.kind === 'token-refused' || result.kind === 'rejected')
    return { kind: 'nobody-knows', message: 'a login was answered with what is no answer to it' };
  return result;
}

/** What is known of this vendor before anything is called. */
export const platformOf = ({ canLookUp, credentials, canRegister = false }: VendorKind): PlatformTraits => ({
  credentials,
  canLookUp,
  canRegister,
});
