export type { EntityManager } from '@mikro-orm/sqlite'
