import type { SignOut } from 'wasm-api-fetch';
import { Service } from './service';
import { View } from './view';

/** Why the form is there. Nobody has to be told of what they have just done themselves. */
const notices: Record<SignOut['reason'], string> = {
  user: '',
  'other-tab': 'You were signed out in another tab.',
  refused: 'Your session has ended. Please sign in again.',
  'no-refresh-token': 'Your session has ended. Please sign in again.',
};

/** A small app as it would keep its session by the package: all that it does follows from the session's events. */
export function startAccount(root: HTMLElement, loadingBar: HTMLElement): void {
  const view = new View(root);
  const service = new Service(({ reason }) => leave(notices[reason]));
  const { session, tenant } = service;
  root.dataset.tenant = tenant.name;

  /** Aborts what was asked for a user who has left. */
  let stay = new AbortController();
  let shown: string | undefined;
  let isWorking = false;

  session.on('busy', (busy) => {
    loadingBar.hidden = !busy;
  });
  session.on('change', follow);

  /** Somebody has signed in, here or in another tab, or had when the page was loaded. */
  function follow(): void {
    const { username } = service;
    if (username === undefined || username === shown) return;
    shown = username;
    stay.abort();
    stay = new AbortController();
    view.showSignedIn();
    void attempt(async (signal) => view.showUser(await service.me(signal)));
  }

  function leave(notice: string): void {
    shown = undefined;
    stay.abort();
    view.showSignedOut(notice);
  }

  async function attempt(task: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const { signal } = stay;
    try {
      await task(signal);
    } catch (error) {
      // Where the session is over, `leave` has said so, once for all requests.
      if (!signal.aborted && session.tokens) view.tell(complaint(error));
    }
  }

  /** One click at a time. */
  async function work(task: () => Promise<void>): Promise<void> {
    if (isWorking) return;
    isWorking = true;
    view.setWorking(true);
    await task();
    view.setWorking(false);
    isWorking = false;
  }

  async function loadNotes(signal: AbortSignal): Promise<void> {
    view.tell('Loading …');
    const notes = await service.notes(signal);
    view.showNotes(notes);
    view.tell(`${notes.length} notes, by ${notes.length} requests at once.`);
  }

  async function signIn(name: string): Promise<void> {
    try {
      await service.signIn(name);
    } catch (error) {
      view.showSignedOut(complaint(error));
    }
  }

  view.onSignIn((name) => work(() => signIn(name)));
  view.onClick('load', () => work(() => attempt(loadNotes)));
  view.onClick('expire', () =>
    work(() =>
      attempt(async () => {
        await tenant.expire();
        view.tell('The server rejects the access token from now on. The notes will load all the same.');
      }),
    ),
  );
  view.onClick('end', () =>
    work(() =>
      attempt(async (signal) => {
        await service.endOnServer();
        await loadNotes(signal);
      }),
    ),
  );
  // Not one at a time: whoever wants to leave is not kept waiting.
  view.onClick('sign-out', () => void session.signOut());

  follow();
}

const complaint = (error: unknown): string =>
  `That did not work: ${error instanceof Error ? error.message : error}`;
