import dynalite from 'dynalite';
import { type RunningServer, running } from './listen.ts';

/** DynamoDB in memory. */
export const startDynamoDb = (): Promise<RunningServer> => running(dynalite({ createTableMs: 0 }));
