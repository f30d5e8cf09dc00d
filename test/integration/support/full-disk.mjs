import { DatabaseSync } from 'node:sqlite';

/** Loaded into a worker before its code: files of SQLite may have one page, and are full then as on a full disk. */
const { exec } = DatabaseSync.prototype;
DatabaseSync.prototype.exec = function (sql) {
  exec.call(this, 'PRAGMA max_page_count = 1');
  return exec.call(this, sql);
};
