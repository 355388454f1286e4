import { writeDocument } from './document.ts';
import { type Html, html } from './html.ts';
import type { DestinationState } from './state.ts';
import type { SignupStatus } from './status.ts';
import { registrationWords, wordsFor } from './words.ts';

/** The answer as a page for a person: the same facts as the JSON, in words. Texts of others stand in `bdi`, so that none turns its surroundings round. */
export function statusPage({ signupId, source, reference, destinations }: SignupStatus): string {
  const cards = Object.entries(destinations).map(([destination, state]) => card(destination, state));
  const heading = reference === null ? html`Signup` : html`Signup <bdi>${reference}</bdi>`;
  return writeDocument(
    reference === null ? 'Signup' : `Signup ${reference}`,
    html`<h1>${heading}</h1>
<p class="soft">It came from <b>${source}</b> and was accepted. This is what has become of it${cards.length > 1 ? html`, for each place it goes to` : ''}.</p>
${cards}
<footer>
<p>Signup <code>${signupId}</code></p>
<p>Whoever has this page’s address can read it. Pass it on only to people who may know.</p>
</footer>`,
  );
}

function card(destination: string, state: DestinationState): Html {
  const { label, meaning, next, tone } = wordsFor(state);
  const facts = factsOf(state).map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>\n`);
  return html`<section class="${tone}">
<header><h2>${destination}</h2><span class="state">${label}</span></header>
<p>${meaning}</p>
<p>${next}</p>
${facts.length === 0 ? '' : html`<dl>\n${facts}</dl>`}
</section>
`;
}

type Fact = readonly [name: string, value: Html];

function factsOf(state: DestinationState): readonly Fact[] {
  switch (state.state) {
    case 'accepted':
      return [];
    case 'working':
      return [['Since', time(state.since)], ...runFacts(state)];
    case 'waiting':
      return [
        ['Reason', reason(state.reason)],
        ...fact('Next attempt', state.nextAttemptAt && html`not before ${time(state.nextAttemptAt)}`),
        ...fact('Earlier request', state.maybeDone && html`may have been carried out; no second account will be made`),
        ['Since', time(state.since)],
        ...runFacts(state),
      ];
    default:
      return [
        ...fact('Reason', state.reason && reason(state.reason)),
        ...fact('Finished', state.finishedAt && time(state.finishedAt)),
        ...fact('Account', state.account?.userId && html`<bdi>${state.account.userId}</bdi>`),
        ...fact('Role', state.account?.role && html`<bdi>${state.account.role}</bdi>`),
        ...fact('Not applied', state.notApplied && state.notApplied.length > 0 && html`${state.notApplied.join(', ')}`),
        ...runFacts(state),
      ];
  }
}

const fact = (name: string, value: Html | string | false | undefined): readonly Fact[] =>
  typeof value === 'object' ? [[name, value]] : [];

const runFacts = ({
  attempts,
  run,
  conflicts,
  registrations = {},
}: Exclude<DestinationState, { state: 'accepted' }>): readonly Fact[] => [
  ...Object.entries(registrations).map(([offering, { state, reason: why }]): Fact => {
    return [
      'Registration',
      html`<bdi>${offering}</bdi>: ${registrationWords[state]}${why ? html`. ${reason(why)}` : ''}`,
    ];
  }),
  ...fact('Requests made', attempts > 1 && html`${attempts}`),
  ...fact('Run', run > 1 && html`${run}: it was run again`),
  ...fact('Later messages', conflicts > 0 && html`${conflicts} said something else; nothing was changed`),
];

const reason = ({ code, message }: { code: string; message: string }): Html =>
  html`<bdi>${message}</bdi> <code class="soft">${code}</code>`;

const time = (iso: string): Html => html`<time datetime="${iso}">${format.format(new Date(iso))}</time>`;

const format = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'long',
  timeStyle: 'long',
  timeZone: 'UTC',
});
