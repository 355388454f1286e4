/**
 * Preloaded into each function's process: the three calls of `aws-lambda-ric`'s native addon, over HTTP.
 * The addon needs a compiler at install time; on this machine it would do nothing that these lines don't.
 * Plain JavaScript, because stripping types would be paid for at every cold start.
 */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const Module = require('node:module');
const http = require('node:http');

const [hostname, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

function call(method, path, body, headers = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request({
      hostname,
      port,
      agent,
      method,
      path: `/2018-06-01/runtime/invocation/${path}`,
      headers,
    });
    request.on('error', reject);
    request.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve({ bodyJson: text, headers: response.headers }));
    });
    request.end(body);
  });
}

/** A post that is still under way; `next` waits for it, as the addon's posts block. */
let posting = Promise.resolve();

const addon = {
  next: async () => {
    await posting;
    return call('GET', 'next');
  },
  done: (id, body) => {
    posting = call('POST', `${id}/response`, body);
  },
  error: (id, body, cause) => {
    const headers = { 'lambda-runtime-function-xray-error-cause': Buffer.from(cause).toString('base64') };
    posting = call('POST', `${id}/error`, body, headers);
  },
};

const load = Module._load;
Module._load = function (request, ...rest) {
  return request.endsWith('rapid-client.node') ? addon : load.call(this, request, ...rest);
};
