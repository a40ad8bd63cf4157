/** How a token comes to light, and how a refresh is led astray. */

/** @import { Mutant } from '../../scripts/lib/mutants.js' */

const SECRETS = 'tests/node/secrets.test.js';
const COPIES = 'tests/node/redact.test.js';
const REDIRECTS = 'tests/node/refresh-redirect.test.js';

/** @type {(kind: string) => Mutant['test']} */
const noToken = (kind) => ({ file: SECRETS, name: `no token comes to light: ${kind}` });

/** @type {Mutant[]} */
export const secrets = [
  {
    guarantee: 22,
    says: 'the error of a fetch is handed out as it is',
    in: 'failByApp',
    find: 'record.error = redact(error, record.secrets);',
    replace: 'record.error = error;',
    test: noToken('a fetch that names the URL, the token in its query'),
  },
  {
    guarantee: 22,
    says: 'what a query shows beside the token is no secret',
    in: 'RequestRecord.secrets',
    find: 'secretsOf(tokens, settings?.attach)',
    replace: 'secretsOf(tokens)',
    test: noToken('a fetch that names the URL, the token in its query'),
  },
  {
    guarantee: 22,
    says: 'a message says what a server says',
    in: 'failed',
    find: 'redact(shown, call.secrets)',
    replace: 'shown',
    test: noToken('a reason phrase'),
  },
  {
    guarantee: 22,
    says: 'the error of a refresh’s fetch is handed out as it is',
    in: 'explain',
    find: 'const error = redact(call.thrown, call.secrets);',
    replace: 'const error = call.thrown;',
    test: noToken('a fetch that names the body of a refresh'),
  },
  {
    guarantee: 22,
    says: 'what a refresh function throws is handed out as it is',
    in: 'explainThrown',
    find: 'const error = redact(call.thrown, call.secrets);',
    replace: 'const error = call.thrown;',
    test: noToken('a refresh function whose request fails'),
  },
  {
    guarantee: 22,
    says: 'tokens that have just come are no secret',
    in: 'RefreshCall.secrets',
    find: '...secretsOf(this.reply), made',
    replace: 'made',
    test: noToken('an envelope’s message of tokens that have just come'),
  },
  {
    guarantee: 22,
    says: 'a URL that a function has made is no secret',
    in: 'RefreshCall.secrets',
    find: '...secretsOf(this.reply), made',
    replace: '...secretsOf(this.reply)',
    test: noToken('a URL of a refresh that a function makes of something else'),
  },
  {
    guarantee: 22,
    says: 'a token is known only as it is written',
    in: 'findersOf',
    find: 'rest.replace(/(\\\\*)([^\\w\\\\]?)/g, inAnyForm)',
    replace: 'rest.replace(/\\W/g, "\\\\$&")',
    test: noToken('a reason phrase, quoted to the sign'),
  },
  {
    guarantee: 22,
    says: 'what lies in headers and forms is not looked into',
    in: 'TAKERS',
    find: "  FormData: 'append',\n  URLSearchParams: 'append',\n",
    replace: '',
    test: noToken('a refresh function that sends a form'),
  },
  {
    guarantee: 22,
    says: 'every word is a secret',
    in: 'SHORTEST',
    find: 'const SHORTEST = 6;',
    replace: 'const SHORTEST = 1;',
    test: { file: COPIES, name: 'what is as short as a word of a message is taken for no secret' },
  },
  {
    guarantee: 22,
    says: 'every error is a copy',
    in: 'redact',
    find: 'if (!isFound) return given;',
    replace: '',
    test: {
      file: COPIES,
      name: 'an error without a token is handed out as it is, with one it is a copy of the same kind',
    },
  },
  {
    guarantee: 22,
    says: 'who looks at an answer is shown the header with the token',
    in: 'RequestRecord.context',
    find: 'headers.delete(defaults.settings.attach.name);',
    replace: '{}',
    test: {
      file: SECRETS,
      name: 'what looks at an answer sees the request without its token, at the first sending and at the replay',
    },
  },
  {
    guarantee: 22,
    says: 'a session that is printed shows its tokens',
    in: 'wrapSession',
    find: "'tokens', { enumerable: false }",
    replace: "'tokens', { enumerable: true }",
    test: { file: SECRETS, name: 'tokens are not in a session that is printed, nor in its instance' },
  },
  {
    guarantee: 22,
    says: 'what a listener throws is reported as it is',
    in: 'notify',
    find: 'report(redact(error, secretsOf(argument)));',
    replace: 'report(error);',
    test: {
      file: SECRETS,
      name: 'a function of the app’s that is told that they are new and throws what it was told is reported without it',
    },
  },
  {
    guarantee: 22,
    says: 'what `identity` throws is reported as it is',
    in: '#identify',
    find: 'report(redact(error, secretsOf(tokens)));',
    replace: 'report(error);',
    test: {
      file: SECRETS,
      name: 'a function of the app’s that is told whose the tokens are and throws what it was told is reported without it',
    },
  },
  {
    guarantee: 22,
    says: 'only the last sending’s token is a secret',
    in: 'attach',
    find: 'record.attached.push(tokens);',
    replace: 'record.attached = [tokens];',
    test: {
      file: SECRETS,
      name: 'after a replay that fails, the token of the first sending is as hidden as that of the last',
    },
  },
  {
    guarantee: 22,
    says: 'what the app sends without the session shows the session’s tokens',
    in: 'RequestRecord.secrets',
    find: '[...this.attached, listeners?.tokens]',
    replace: 'this.attached',
    test: {
      file: SECRETS,
      name: 'a token that the app itself has put into a request without the session is hidden where that fails',
    },
  },
  {
    guarantee: 22,
    says: 'what a judge of the app’s throws is reported as it is',
    in: 'isConfirmed',
    find: 'report(redact(error, whose.secrets));',
    replace: 'report(error);',
    test: { file: SECRETS, name: 'what expired.when throws is reported without the tokens that it quotes' },
  },
  {
    guarantee: 22,
    says: 'the reply of a refresh function is no secret',
    in: 'RefreshCall.secrets',
    find: '...secretsOf(this.reply), made',
    replace: '...secretsOf(this.response && this.reply), made',
    test: noToken('a reply of a refresh function, quoted by who reads it'),
  },
  {
    guarantee: 22,
    says: 'a copy is printed by its class, whatever that needs',
    in: 'redact',
    find: 'for (const one of copier.all) coverPrinters(one);',
    replace: '',
    test: {
      file: COPIES,
      name: 'a copy can be printed though its class has private parts, which it has not',
    },
  },
  {
    guarantee: 20,
    says: 'a refresh follows redirects',
    in: 'REFRESH',
    find: "'follow'=manual",
    replace: "'follow'=follow",
    test: {
      file: REDIRECTS,
      name: 'a refresh does not follow a 307 (away): it fails once, says so, and keeps the session',
    },
  },
  {
    guarantee: 20,
    says: 'a redirect that was not followed is a failure like any other',
    in: 'is_led_away',
    find: 'is_led || matches!(arrival.status(), 0..=99 | 300..=399)',
    replace: 'is_led',
    test: { file: 'src/policy/oauth.rs', name: 'a_redirect_that_was_not_followed_has_led_away' },
  },
  {
    guarantee: 20,
    says: 'what a fetch has followed all the same is taken',
    in: 'is_led_away',
    find: 'is_led || matches!',
    replace: 'matches!',
    test: {
      file: 'src/policy/oauth.rs',
      name: 'so_has_one_that_was_followed_unless_that_is_allowed_and_within_an_origin',
    },
  },
  {
    guarantee: 20,
    says: 'it is not seen that an answer was redirected',
    in: 'arrivalOf',
    find: 'Boolean(redirected)',
    replace: 'false',
    test: { file: REDIRECTS, name: 'by the answer’s own word: a fetch that follows all the same, 200' },
  },
  {
    guarantee: 20,
    says: 'tokens from another origin are taken',
    in: 'is_led_away',
    find: '(is_elsewhere || !arrival.may_follow())',
    replace: '!arrival.may_follow()',
    test: {
      file: 'src/policy/oauth.rs',
      name: 'so_has_one_that_was_followed_unless_that_is_allowed_and_within_an_origin',
    },
  },
  {
    guarantee: 20,
    says: 'it is not seen that an answer is from another origin',
    in: 'arrivalOf',
    find: 'Boolean(origin && wanted && origin !== wanted)',
    replace: 'false',
    test: {
      file: REDIRECTS,
      name: 'tokens from another origin, to which a redirect has led, are not taken',
    },
  },
  {
    guarantee: 20,
    says: 'a 401 from where a redirect has led ends the session',
    in: 'judge',
    find: 'RefreshProblem::NoToken | RefreshProblem::Redirected => Meaning::Broken,',
    replace:
      'RefreshProblem::NoToken => Meaning::Broken,\n        RefreshProblem::Redirected => Meaning::Refused,',
    test: {
      file: 'src/policy/oauth.rs',
      name: 'a_redirect_is_a_fault_of_the_configuration_unless_the_app_says_otherwise',
    },
  },
  {
    guarantee: 20,
    says: 'a redirect is taken for a passing failure',
    in: 'judge',
    find: 'RefreshProblem::NoToken | RefreshProblem::Redirected => Meaning::Broken,',
    replace:
      'RefreshProblem::NoToken => Meaning::Broken,\n        RefreshProblem::Redirected => Meaning::Passing { answered: true },',
    test: {
      file: 'src/policy/oauth.rs',
      name: 'a_redirect_is_a_fault_of_the_configuration_unless_the_app_says_otherwise',
    },
  },
];
