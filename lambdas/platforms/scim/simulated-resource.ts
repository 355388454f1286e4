/** What the server does not take, as RFC 7644, 3.12 tells it. */
export interface ScimProblem {
  readonly scimType: 'invalidSyntax' | 'invalidValue' | 'invalidFilter';
  readonly detail: string;
}

type Shape = 'text' | 'boolean' | 'texts' | readonly string[];

/** The attributes of the core user that this server has, and the sub-attributes of the complex ones (RFC 7643, 4.1). */
const attributes: Readonly<Record<string, { readonly shape: Shape; readonly multiple?: true }>> = {
  schemas: { shape: 'texts' },
  externalId: { shape: 'text' },
  userName: { shape: 'text' },
  name: { shape: ['formatted', 'familyName', 'givenName', 'middleName', 'honorificPrefix', 'honorificSuffix'] },
  displayName: { shape: 'text' },
  locale: { shape: 'text' },
  preferredLanguage: { shape: 'text' },
  active: { shape: 'boolean' },
  password: { shape: 'text' },
  emails: { shape: ['value', 'display', 'type', 'primary'], multiple: true },
  phoneNumbers: { shape: ['value', 'display', 'type', 'primary'], multiple: true },
  addresses: {
    shape: ['formatted', 'streetAddress', 'locality', 'region', 'postalCode', 'country', 'type', 'primary'],
    multiple: true,
  },
};

const canonicalTypes: Readonly<Record<string, readonly string[]>> = {
  emails: ['work', 'home', 'other'],
  phoneNumbers: ['work', 'home', 'mobile', 'fax', 'pager', 'other'],
  addresses: ['work', 'home', 'other'],
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Checks a new user's attributes; `userName` and the schema are required (RFC 7643, 3.1 and 4.1). */
export function readResource(body: Buffer): ReadonlyMap<string, unknown> | ScimProblem {
  const parsed = parse(body);
  if (!isObject(parsed)) return { scimType: 'invalidSyntax', detail: 'The body is not a JSON object' };
  const resource = new Map<string, unknown>(Object.entries(parsed));
  for (const [name, value] of resource) {
    const detail = attributeProblem(name, value);
    if (detail !== undefined) return { scimType: 'invalidValue', detail };
  }
  const schemas = resource.get('schemas');
  if (!Array.isArray(schemas) || !schemas.includes('urn:ietf:params:scim:schemas:core:2.0:User'))
    return { scimType: 'invalidSyntax', detail: "The attribute 'schemas' must hold the user's schema" };
  const userName = resource.get('userName');
  if (typeof userName !== 'string' || userName.trim() === '')
    return { scimType: 'invalidValue', detail: "The attribute 'userName' is required" };
  return userName.endsWith('.invalid') ? { scimType: 'invalidValue', detail: "The 'userName' is reserved" } : resource;
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

function attributeProblem(name: string, value: unknown): string | undefined {
  const attribute = attributes[name];
  if (attribute === undefined) return `There is no attribute '${name}'`;
  const { shape, multiple } = attribute;
  if (shape === 'text') return typeof value === 'string' ? undefined : `The attribute '${name}' must be a string`;
  if (shape === 'boolean') return typeof value === 'boolean' ? undefined : `The attribute '${name}' must be a boolean`;
  if (multiple === undefined && shape !== 'texts') return complexProblem(name, value, shape);
  if (!Array.isArray(value)) return `The attribute '${name}' must be an array`;
  if (shape === 'texts')
    return value.every((each) => typeof each === 'string') ? undefined : `Only strings in '${name}'`;
  if (value.filter((each) => isObject(each) && each.primary === true).length > 1)
    return `Only one primary in '${name}'`;
  return value.map((each) => complexProblem(name, each, shape)).find((problem) => problem !== undefined);
}

function complexProblem(name: string, value: unknown, parts: readonly string[]): string | undefined {
  if (!isObject(value)) return `The attribute '${name}' must be complex`;
  for (const [part, content] of Object.entries(value)) {
    if (!parts.includes(part)) return `There is no attribute '${name}.${part}'`;
    if (typeof content !== (part === 'primary' ? 'boolean' : 'string')) return `'${name}.${part}' is of another type`;
  }
  const types = canonicalTypes[name];
  const isKnown = types === undefined || value.type === undefined || types.some((type) => type === value.type);
  return isKnown ? undefined : `'${name}.type' is none of ${types.join(', ')}`;
}

/** A text among the attributes, by its path; the empty string where there is none. */
export function textAt(resource: ReadonlyMap<string, unknown>, name: string, part?: string): string {
  const value = resource.get(name);
  const found = Array.isArray(value) ? value[0] : value;
  const text: unknown = part === undefined ? found : isObject(found) ? found[part] : undefined;
  return typeof text === 'string' ? text : '';
}
