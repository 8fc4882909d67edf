import type { DataSource } from 'typeorm';

export interface ImageRow {
  id: string;
  type: string;
}

/** What the database knows of the images. */
export class ImageCatalog {
  readonly #database: DataSource;

  constructor(database: DataSource) {
    this.#database = database;
  }

  async register(id: string, type: string): Promise<void> {
    const runner = this.#database.createQueryRunner();
    try {
      await runner.startTransaction();
      await runner.query('insert into image (id, type) values ($1, $2)', [id, type]);
      await runner.query('insert into history (image, event) values ($1, $2)', [id, 'registered']);
      await runner.commitTransaction();
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction();
      throw error;
    } finally {
      await runner.release();
    }
  }

  async find(id: string): Promise<ImageRow | undefined> {
    const runner = this.#database.createQueryRunner();
    const rows: ImageRow[] = await runner.query('select id, type from image where id = $1', [id]);
    if (rows.length === 0) return undefined;
    await runner.release();
    return rows[0];
  }

  async remove(id: string): Promise<void> {
    const runner = this.#database.createQueryRunner();
    await runner.startTransaction();
    try {
      await runner.query('delete from history where image = $1', [id]);
      await runner.query('delete from image where id = $1', [id]);
      await runner.commitTransaction();
      await runner.release();
    } catch (error) {
      await runner.rollbackTransaction();
      throw error;
    }
  }
}
