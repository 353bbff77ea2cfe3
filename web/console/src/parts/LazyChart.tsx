import { type ComponentProps, lazy, Suspense } from "react";
import { Bar } from "./skeletons";

const Chart = lazy(() => import("./Chart"));

export function LazyChart(props: ComponentProps<typeof Chart>) {
  return (
    <Suspense fallback={<Bar height={props.height} />}>
      <Chart {...props} />
    </Suspense>
  );
}
