import { z } from 'zod';
import { fault } from './faults.ts';
import { type Route, route } from './route.ts';

const nothing = { 'application/json': z.strictObject({}) };

/** The routes that plan faults of the next calls of clients. */
export const FAULT_ROUTES: readonly Route[] = [
  route({
    method: 'POST',
    path: '/faults',
    summary: 'Plans a fault of the next calls of clients, after those that are planned',
    body: fault,
    answers: nothing,
    handle: ({ faults }, { body }) => {
      faults.plan(body);
      return {};
    },
  }),
  route({
    method: 'GET',
    path: '/faults',
    summary: 'The faults that are still to happen, and how many times',
    answers: { 'application/json': z.strictObject({ faults: z.array(fault) }) },
    handle: ({ faults }) => ({ faults: faults.planned }),
  }),
  route({
    method: 'DELETE',
    path: '/faults',
    summary: 'Forgets all planned faults',
    answers: nothing,
    handle: ({ faults }) => {
      faults.clear();
      return {};
    },
  }),
];
