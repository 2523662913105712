import { type Access, EVERYTHING } from '../../handlers/access.ts'

/** The person at the terminal controls the whole machine; nobody else is there. */
export const TERMINAL_ACCESS: Access = { at: async () => EVERYTHING }
