import { type RemovalPolicy, SecretValue } from 'aws-cdk-lib';
import { Secret, type SecretProps } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { fixed } from './fixed.ts';
import { acknowledge } from './nag.ts';
import * as names from './names.ts';

interface Place {
  readonly scope: Construct;
  readonly stage: string;
  readonly removalPolicy: RemovalPolicy;
}

/** Empty, not invented: a random value would look like a filled secret, and be tried. */
const secretStringValue = SecretValue.unsafePlainText('{}');

const generateSecretString = {
  secretStringTemplate: '{}',
  generateStringKey: 'key',
  excludePunctuation: true,
  passwordLength: 64,
};

export const makeSourceSecret = (place: Place, source: string): Secret =>
  make(place, names.logicalId('SourceSecret', source), {
    secretName: names.sourceSecretName(place.stage, source),
    description: `Keys of the source ${source}: {"keys": ["..."]}`,
    secretStringValue,
    reason: 'The key is the sender’s too: it is rotated together with the sender, two keys side by side.',
  });

export const makeDestinationSecret = (place: Place, destination: string): Secret =>
  make(place, names.logicalId('DestinationSecret', destination), {
    secretName: names.destinationSecretName(place.stage, destination),
    description: `Credentials of the destination ${destination} at its vendor`,
    secretStringValue,
    reason: 'No vendor has a call that changes the credentials: a person rotates them.',
  });

export const makeStatusSecret = (place: Place): Secret =>
  make(place, 'StatusSecret', {
    secretName: names.statusSecretName(place.stage),
    description: 'Signs the addresses at which senders ask for a signup',
    generateSecretString,
    reason: 'It signs addresses that senders keep; a rotation would end them all.',
  });

export const makeLedgerSecret = (place: Place): Secret =>
  make(place, 'LedgerSecret', {
    secretName: names.ledgerSecretName(place.stage),
    description: 'Opens what the ledger keeps; never rotate it',
    generateSecretString,
    reason: 'It opens kept bodies and finds persons again; a rotation would lose both.',
  });

function make(
  { scope, removalPolicy }: Place,
  id: string,
  { reason, ...props }: SecretProps & { readonly reason: string },
): Secret {
  const secret = fixed(id, new Secret(scope, id, { ...props, removalPolicy }));
  acknowledge(secret, 'rotation', reason);
  return secret;
}
