import { find } from '../find';
import type { Note } from './service';

/** The section of the page: what it shows, and nothing of why. */
export class View {
  readonly root: HTMLElement;
  readonly #signedOut: HTMLElement;
  readonly #signedIn: HTMLElement;
  readonly #name: HTMLInputElement;
  readonly #notice: HTMLElement;
  readonly #user: HTMLElement;
  readonly #news: HTMLElement;
  readonly #notes: HTMLElement;

  constructor(root: HTMLElement) {
    const part = <T extends HTMLElement>(name: string): T => find<T>(`[data-part="${name}"]`, root);
    this.root = root;
    this.#signedOut = part('signed-out');
    this.#signedIn = part('signed-in');
    this.#name = part('name');
    this.#notice = part('notice');
    this.#user = part('user');
    this.#news = part('news');
    this.#notes = part('notes');
  }

  /** The form is sent with the user's name in it. */
  onSignIn(listener: (name: string) => void): void {
    this.#signedOut.addEventListener('submit', (event) => {
      event.preventDefault();
      listener(this.#name.value.trim());
    });
  }

  onClick(action: string, listener: () => void): void {
    find(`[data-action="${action}"]`, this.root).addEventListener('click', listener);
  }

  /** The form, and why it is there, where the user did not ask for it. */
  showSignedOut(notice = ''): void {
    this.#notice.textContent = notice;
    this.#swap(this.#signedIn, this.#signedOut, this.#name);
  }

  /** The user's name is still to come. */
  showSignedIn(): void {
    this.#notice.textContent = '';
    this.#user.textContent = '…';
    this.showNotes([]);
    this.tell('');
    this.#swap(this.#signedOut, this.#signedIn, find('[data-action]', this.#signedIn));
  }

  showUser(name: string): void {
    this.#user.textContent = name;
  }

  showNotes(notes: Note[]): void {
    this.#notes.replaceChildren(
      ...notes.map(({ title, owner }) => {
        const item = document.createElement('li');
        const small = document.createElement('small');
        small.textContent = `by ${owner}`;
        item.append(title, ' ', small);
        return item;
      }),
    );
  }

  /** What has become of the last click. */
  tell(text: string): void {
    this.#news.textContent = text;
  }

  /** The buttons stay focusable meanwhile: whoever pressed one with a key keeps their place. */
  setWorking(is: boolean): void {
    for (const button of this.root.querySelectorAll('[data-asks]')) {
      if (is) button.setAttribute('aria-disabled', 'true');
      else button.removeAttribute('aria-disabled');
    }
  }

  /** The focus goes along, where it was in what is hidden now. */
  #swap(from: HTMLElement, to: HTMLElement, first: HTMLElement): void {
    const hadFocus = from.contains(document.activeElement);
    to.hidden = false;
    from.hidden = true;
    if (hadFocus) first.focus();
  }
}
