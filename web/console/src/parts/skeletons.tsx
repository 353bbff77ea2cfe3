import styles from "./skeletons.module.css";

const range = (count: number) => Array.from({ length: count }, (_, index) => index);

/** A bar of the size of the text that is to come. */
export function Bar({ width = "100%", height = 12 }: { width?: string | number; height?: number }) {
  return <span className={styles.bar} style={{ width, height }} aria-hidden="true" />;
}

export function ListSkeleton({ columns = 5, rows = 10 }: { columns?: number; rows?: number }) {
  return (
    <div className={styles.list} aria-busy="true">
      {range(rows).map((row) => (
        <div key={row} className={styles.row}>
          {range(columns).map((column) => (
            <Bar key={column} width={`${45 + ((row * 7 + column * 13) % 40)}%`} />
          ))}
        </div>
      ))}
    </div>
  );
}

export function BlockSkeleton({ lines = 4 }: { lines?: number }) {
  return (
    <div className={styles.block} aria-busy="true">
      {range(lines).map((line) => (
        <Bar key={line} width={`${90 - ((line * 17) % 50)}%`} />
      ))}
    </div>
  );
}

/** While a page's own code is on its way. */
export function PageSkeleton() {
  return (
    <div aria-busy="true">
      <div className={styles.title}>
        <Bar width={180} height={22} />
      </div>
      <ListSkeleton />
    </div>
  );
}
