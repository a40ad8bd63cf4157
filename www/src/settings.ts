import type { StormOptions } from './storm';
import type { RefreshMode, Switches } from './tenant';

export interface Settings extends StormOptions {
  switches: Switches;
}

/** What the form says. The browser has already checked the number's range. */
export function readSettings(form: HTMLFormElement): Settings {
  const data = new FormData(form);
  return {
    count: Number(data.get('count')),
    abortTenth: data.has('abort'),
    switches: {
      latency: Number(data.get('latency')),
      refresh: { mode: data.get('refresh') as RefreshMode, times: null },
    },
  };
}
