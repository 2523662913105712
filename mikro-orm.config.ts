import { databaseFile, loadSettings } from './src/bot/config.ts'
import { ormConfig } from './src/db/orm-config.ts'

/** For the `mikro-orm` command line: `npm run migrate`, `npx mikro-orm migration:list` … */
export default ormConfig(databaseFile(loadSettings()))
