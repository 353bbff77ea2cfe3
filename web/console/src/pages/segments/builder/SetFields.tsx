import { Segmented, Select } from "antd";
import { useTranslation } from "react-i18next";
import { type SetOp, useSegments } from "../../../api/segments";
import styles from "./builder.module.css";
import type { Sets } from "./model/sets";

const OPS: readonly SetOp[] = ["intersect", "union", "except"];
const KNOWN = 100;
const MOST = 20;

interface Props {
  sets: Sets;
  /** The segment that is being written: it is not made of itself. */
  own: string | undefined;
  /** Whether what is missing is marked. */
  asked: boolean;
  onChange: (sets: Sets) => void;
}

/** Which segments one is made of, and how. */
export function SetFields({ sets, own, asked, onChange }: Props) {
  const { t } = useTranslation();
  const known = useSegments({ status: "active", limit: KNOWN, cursor: undefined }).data?.items ?? [];
  const few = sets.of.length < 2;
  return (
    <div className={styles.sets}>
      <Segmented<SetOp>
        value={sets.op}
        aria-label={t("overlap.make")}
        options={OPS.map((value) => ({ value, label: t(`builder.setOps.${value}`) }))}
        onChange={(op) => onChange({ ...sets, op })}
      />
      <Select<string[]>
        mode="multiple"
        style={{ width: "100%" }}
        value={sets.of}
        maxCount={MOST}
        {...(asked && few && { status: "error" as const })}
        placeholder={t("builder.pickSets")}
        aria-label={t("builder.pickSets")}
        showSearch={{ optionFilterProp: "label" }}
        options={known.filter(({ id }) => id !== own).map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(of) => onChange({ ...sets, of })}
      />
      <span className="muted small">{t(`builder.setHint.${sets.op}`)}</span>
    </div>
  );
}
