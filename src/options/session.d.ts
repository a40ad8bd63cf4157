import type { SessionResources } from '../driver/resources.js';

/** What an instance is given besides its session, as far as that matters here. */
interface InstanceDefaults {
  readonly baseURL: string | undefined;
  readonly fetch?: unknown;
  readonly envelope?: unknown;
}

/** The options of a session with their defaults. */
export class SessionSettings {
  /**
   * @param api makes an instance with the same options and without the session, for a refresh function
   * @throws TypeError that names the option that is wrong
   */
  constructor(given: unknown, defaults: InstanceDefaults, api: () => unknown);
  resources: SessionResources;
  readonly origins: readonly string[] | undefined;
  readonly key: string;
  /** Whether the tokens are in cookies. */
  readonly isTokenless: boolean;
  readonly onRefresh: unknown;
  readonly onSignOut: unknown;
}
