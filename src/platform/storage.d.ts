/** Whether this runs on a server, where the requests of many users share this module. */
export function onServer(): boolean;
