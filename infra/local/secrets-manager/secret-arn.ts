import { createHash } from 'node:crypto';
import { account } from '../template/world.ts';

/** A secret's ARN: its name and six characters, as Secrets Manager appends them; always the same for the same name. */
export const secretArn = (name: string, region: string): string =>
  `arn:aws:secretsmanager:${region}:${account}:secret:${name}-${createHash('sha256').update(name).digest('hex').slice(0, 6)}`;
