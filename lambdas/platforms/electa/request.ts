import type { VendorRequest } from '../vendor-http.ts';
import { type ElectaParameters, electaParameters } from './parameters.ts';
import type { ElectaSettings } from './settings.ts';

/** A call of Electa's, as it goes over the wire: a POST of a form, or where the settings say so a GET. */
export function electaRequest(
  base: string,
  path: string,
  parameters: ElectaParameters,
  settings: Pick<ElectaSettings, 'parametersIn' | 'parameterNames'>,
  signal: AbortSignal,
): VendorRequest {
  const spelled = new URLSearchParams();
  for (const name of electaParameters) {
    const value = parameters[name];
    if (value !== undefined) spelled.append(settings.parameterNames[name] ?? name, value);
  }
  const url = `${base.replace(/\/+$/, '')}${path}`;
  const headers = { accept: 'text/xml, application/xml' };
  if (settings.parametersIn === 'query') return { method: 'GET', url: `${url}?${spelled}`, headers, signal };
  const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
  return { method: 'POST', url, headers: form, body: spelled.toString(), signal };
}
