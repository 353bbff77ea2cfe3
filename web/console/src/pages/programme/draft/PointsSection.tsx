import { Form, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { ProgrammeDocument } from "../../../api/types";
import { CountInput } from "../../../parts/CountInput";
import { FieldRow } from "../../../parts/FieldRow";
import { MoneyInput } from "../../../parts/MoneyInput";
import { Panel } from "../../../parts/Panel";
import { PercentInput } from "../../../parts/PercentInput";
import { CapsFields } from "./CapsFields";
import { useDrafting } from "./context";

const ROUNDINGS = ["down", "half_up", "up"] as const;
const SHORTFALLS = ["negative", "deduct_from_refund", "forgive"] as const;
const EXPIRIES = {
  rolling: { kind: "rolling", months: 12 },
  fixed: { kind: "fixed", month: 12, day: 31, years: 1 },
  activity: { kind: "activity", months: 12 },
  never: null,
} as const;
type ExpiryKind = keyof typeof EXPIRIES;

/** What points are worth, how long they live, and what happens when they are missing. */
export function PointsSection() {
  const { t } = useTranslation();
  const at = ["points", "spending"];
  return (
    <>
      <Panel title={t("draft.points.use")}>
        <FieldRow least={150}>
          <Form.Item name={[...at, "points_per_unit"]} label={t("draft.points.perUnit")}>
            <CountInput />
          </Form.Item>
          <Form.Item name={[...at, "unit_minor"]} label={t("draft.points.unit")}>
            <MoneyInput />
          </Form.Item>
          <Form.Item name={[...at, "max_share_bps"]} label={t("draft.points.share")}>
            <PercentInput />
          </Form.Item>
          <Form.Item name={[...at, "minimum"]} label={t("draft.points.minimum")}>
            <CountInput min={0} />
          </Form.Item>
          <Form.Item name={[...at, "step"]} label={t("draft.points.step")}>
            <CountInput />
          </Form.Item>
        </FieldRow>
      </Panel>
      <Panel title={t("draft.points.life")}>
        <LifeFields />
      </Panel>
      <Panel title={t("draft.points.earn")}>
        <FieldRow>
          <Form.Item name={["points", "rounding"]} label={t("draft.points.rounding")}>
            <Select
              options={ROUNDINGS.map((value) => ({ value, label: t(`programme.say.rounding.${value}`) }))}
            />
          </Form.Item>
        </FieldRow>
        <h3>{t("draft.points.caps")}</h3>
        <CapsFields at={["points", "caps"]} />
      </Panel>
      <Panel title={t("draft.points.after")}>
        <FieldRow least={240}>
          <Form.Item name={["points", "shortfall"]} label={t("draft.points.shortfall")}>
            <Select
              options={SHORTFALLS.map((value) => ({ value, label: t(`programme.say.shortfall.${value}`) }))}
            />
          </Form.Item>
          <Form.Item
            name={["points", "adjust_limit"]}
            label={t("draft.points.adjust")}
            tooltip={t("draft.points.adjustHint")}
          >
            <CountInput min={0} />
          </Form.Item>
        </FieldRow>
      </Panel>
    </>
  );
}

function LifeFields() {
  const { t } = useTranslation();
  const { onTouch } = useDrafting();
  const form = Form.useFormInstance();
  const at = ["points", "expiry"];
  const expiry = Form.useWatch<ProgrammeDocument["points"]["expiry"]>(at, { form, preserve: true });
  const kind: ExpiryKind = expiry?.kind ?? "never";
  return (
    <FieldRow>
      <Form.Item label={t("draft.points.expiry")}>
        <Select<ExpiryKind>
          value={kind}
          aria-label={t("draft.points.expiry")}
          options={(Object.keys(EXPIRIES) as ExpiryKind[]).map((value) => ({
            value,
            label: t(`draft.points.expiryKind.${value}`),
          }))}
          onChange={(picked) => {
            form.setFieldValue(at, EXPIRIES[picked]);
            onTouch();
          }}
        />
      </Form.Item>
      {(kind === "rolling" || kind === "activity") && (
        <Form.Item name={[...at, "months"]} label={t("draft.points.months")}>
          <CountInput />
        </Form.Item>
      )}
      {kind === "fixed" &&
        (["month", "day"] as const).map((part) => (
          <Form.Item key={part} name={[...at, part]} label={t(`draft.points.${part}`)}>
            <CountInput />
          </Form.Item>
        ))}
      {kind === "fixed" && (
        <Form.Item
          name={[...at, "years"]}
          label={t("draft.points.years")}
          tooltip={t("draft.points.yearsHint")}
        >
          <CountInput min={0} />
        </Form.Item>
      )}
      <Form.Item
        name={["points", "pending_days"]}
        label={t("draft.points.pending")}
        tooltip={t("draft.points.pendingHint")}
      >
        <CountInput min={0} />
      </Form.Item>
    </FieldRow>
  );
}
