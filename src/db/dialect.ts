import { type Dialect, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import { type DriverObserver, type Patience, PatientDriver } from './driver.ts'

/** SQLite for Kysely, on a connection that is always released, whatever happens (see PatientDriver). */
export function patientDialect(file: string, observer: DriverObserver, patience: Patience): Dialect {
  return {
    createDriver: () => new PatientDriver(file, observer, patience),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new TurnsAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  }
}

/** Kysely's own queue for a single connection has no time limit; the driver has its own. */
class TurnsAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true
  }
}
