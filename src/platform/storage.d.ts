/** Whether there is neither a document nor a worker scope: many users' requests may share this module. */
export function onServer(): boolean;
