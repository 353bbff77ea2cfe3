import { useTranslation } from "react-i18next";
import type { Tree } from "../../../api/segments";
import styles from "./builder.module.css";
import { STARTERS, starterTree } from "./model/starters";

/** Rules to begin with, to be changed. */
export function Starters({ onPick }: { onPick: (tree: Tree) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <p className="muted small" style={{ margin: 0 }}>
        {t("builder.start")}
      </p>
      <div className={styles.starters}>
        {STARTERS.map((starter) => (
          <button
            key={starter}
            type="button"
            onClick={() => onPick(starterTree(starter, new Date().getMonth() + 1))}
          >
            <strong>{t(`builder.starters.${starter}`)}</strong>
            <span>{t(`builder.starters.${starter}Hint`)}</span>
          </button>
        ))}
      </div>
    </>
  );
}
