import type { DestinationState, RegistrationState } from './state.ts';

/** What a state is called, what it means, and what happens next, for a person who has never heard of this project. */
export interface Words {
  readonly label: string;
  readonly meaning: string;
  readonly next: string;
  /** How it looks: done, under way, stopped, to be looked at, nothing to do. */
  readonly tone: 'good' | 'busy' | 'stop' | 'look' | 'calm';
}

const words = {
  accepted: {
    label: 'Accepted',
    meaning: 'The signup was received and stored safely. Nothing else has been recorded yet.',
    next: 'It is usually worked on within seconds: reload this page to see. If the signup is months old, it is over and its record has been deleted.',
    tone: 'busy',
  },
  working: {
    label: 'Being worked on',
    meaning: 'The learning platform is being asked to make the account right now.',
    next: 'Reload this page in a minute.',
    tone: 'busy',
  },
  waiting: {
    label: 'Waiting',
    meaning: 'There is no result yet. Nothing is lost.',
    next: 'It is tried again by itself. Nobody needs to sign up again.',
    tone: 'busy',
  },
  created: {
    label: 'Account created',
    meaning: 'The learning platform has made the account.',
    next: 'Nothing more needs to be done. Login details are never shown here.',
    tone: 'good',
  },
  existing: {
    label: 'Account exists',
    meaning: 'The person already has an account on the learning platform; no second one was made.',
    next: 'Nothing more needs to be done: the person logs in as before, and can have a forgotten password reset there.',
    tone: 'good',
  },
  rejected: {
    label: 'Rejected',
    meaning: 'The signup can’t be carried out as it is, for the reason below. No account was made.',
    next: 'It is not tried again by itself. Correct the data and send the signup again, or ask the operators to run it again once the cause is gone.',
    tone: 'stop',
  },
  failed: {
    label: 'Failed',
    meaning: 'It could not be carried out in the end, for the reason below. No account was made.',
    next: 'The signup is kept. The operators can run it again once the cause is gone.',
    tone: 'stop',
  },
  unknown: {
    label: 'Not known',
    meaning: 'The account may or may not have been made: an answer was lost, and nobody could find out since.',
    next: 'A person must look on the learning platform and tell the operators. Please don’t sign up again until then, or there may be two accounts.',
    tone: 'look',
  },
  ignored: {
    label: 'Not for this destination',
    meaning: 'By the rules that were set up, this message is not a signup here, such as an order that isn’t paid.',
    next: 'Nothing is done with it. If a later message of the same signup is one, that is worked on.',
    tone: 'calm',
  },
} as const satisfies Record<DestinationState['state'], Words>;

const foundAfterLostReply: Words = {
  ...words.existing,
  meaning:
    'The person has an account on the learning platform. Most likely it was made for this signup: a reply was lost, and then the account was there.',
  next: 'If the login details didn’t arrive, have the password reset on the learning platform.',
};

/** The words for a destination's state. */
export const wordsFor = (shown: DestinationState): Words =>
  shown.state === 'existing' && shown.afterLostReply === true ? foundAfterLostReply : words[shown.state];

/** What is said of a registration for an offering. */
export const registrationWords = {
  working: 'being made right now',
  waiting: 'waiting; it is tried again by itself',
  created: 'made',
  existing: 'was there already',
  rejected: 'refused',
  failed: 'could not be made',
  unknown: 'may or may not have been made; a person must look',
  ignored: 'none',
} as const satisfies Record<RegistrationState['state'], string>;
