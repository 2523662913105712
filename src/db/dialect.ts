import { type Dialect, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import { type DriverObserver, type Patience, PatientDriver } from './driver.ts'

/** SQLite for Kysely, on a connection that is given back whatever happens (see PatientDriver). */
export function patientDialect(file: string, observer: DriverObserver, patience: Patience): Dialect {
  return {
    createDriver: () => new PatientDriver(file, observer, patience),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new TurnsAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  }
}

/** Kysely's own turns at a single connection have no time limit; the driver takes turns itself. */
class TurnsAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true
  }
}
