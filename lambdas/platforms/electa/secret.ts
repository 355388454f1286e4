import * as z from 'zod/mini';

const cidProblem = 'cid must be an integer, the account id such as 12345';
const cid = z.union(
  [z.int(cidProblem).check(z.positive(cidProblem)), z.string().check(z.regex(/^[1-9]\d{0,14}$/, cidProblem))],
  cidProblem,
);
const appKey = z
  .string('appKey is missing')
  .check(z.regex(/^[!-~]{32}$/, 'appKey must have 32 characters, without spaces'));

export const secretSchema = z.object({ cid, appKey }, 'it must be an object with cid and appKey');
