/** The fields of `Mutation`. Each gets its arguments and the context. */
export const MUTATIONS = {};
