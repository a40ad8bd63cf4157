/** What the tests use of it: the package brings no types of its own. */
declare module 'selenium-webdriver' {
  interface Capabilities {
    getBrowserName(): string;
    getBrowserVersion(): string;
  }

  export interface WebDriver {
    get(url: string): Promise<void>;
    getCapabilities(): Promise<Capabilities>;
    manage(): { setTimeouts(timeouts: { script: number }): Promise<void> };
    executeScript(script: (...args: never[]) => unknown, ...args: unknown[]): Promise<unknown>;
    /** The script's last argument is a function: what it is called with is the result. */
    executeAsyncScript(script: (...args: never[]) => unknown, ...args: unknown[]): Promise<unknown>;
    getWindowHandle(): Promise<string>;
    switchTo(): { window(handle: string): Promise<void>; newWindow(kind: 'tab' | 'window'): Promise<void> };
    quit(): Promise<void>;
  }

  export class Builder {
    usingServer(url: string): this;
    withCapabilities(capabilities: Record<string, unknown>): this;
    build(): Promise<WebDriver>;
  }
}
