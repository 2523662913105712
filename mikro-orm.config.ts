import { databaseFile, loadSettings } from './src/bot/program/config.ts'
import { keepFilesPrivate } from './src/bot/program/private-files.ts'
import { refuseNewerFile } from './src/db/database.ts'
import { ormConfig } from './src/db/orm-config.ts'

keepFilesPrivate()

/** For the `mikro-orm` command line: `npm run migrate`, `npx mikro-orm migration:list` … */
export default configOf(databaseFile(loadSettings()))

async function configOf(file: string) {
  await refuseNewerFile(file)
  return ormConfig(file)
}
