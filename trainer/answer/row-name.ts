/** The name of a row as people see it. */

/** From the name of a cell: the whole row is meant, not the column that a field begins with. */
export function rowName(cell: string): string {
  return cell.replace(/, column `[^`]*`$/, '');
}
