import { COLLECTION_MUTATIONS } from './collection-mutations.ts';
import { FILE_MUTATIONS } from './file-mutations.ts';
import { LINK_MUTATIONS } from './link-mutations.ts';
import { RUN_MUTATIONS } from './run-mutations.ts';
import { UPLOAD_MUTATIONS } from './upload-mutations.ts';
import { VERSION_MUTATIONS } from './version-mutations.ts';

/** The fields of `Mutation`. Each gets its arguments and the context. */
export const MUTATIONS: Readonly<Record<string, unknown>> = {
  ...UPLOAD_MUTATIONS,
  ...FILE_MUTATIONS,
  ...VERSION_MUTATIONS,
  ...LINK_MUTATIONS,
  ...COLLECTION_MUTATIONS,
  ...RUN_MUTATIONS,
};
