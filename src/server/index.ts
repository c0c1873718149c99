/** What the command line starts: a server, or the rehearsal of a command against one. Loaded only when it is needed. */
export { actionText, rehearse } from './rehearsal/rehearse.ts';
export { type RunningServer, type ServerOptions, startServer } from './server.ts';
