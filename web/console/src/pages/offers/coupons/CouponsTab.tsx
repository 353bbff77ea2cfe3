import { GiftOutlined } from "@ant-design/icons";
import { Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCoupons } from "../../../api/coupons";
import type { CouponStatus, TemplateDetail } from "../../../api/types";
import { useCan } from "../../../app/session";
import { CouponList } from "../../../parts/CouponList";
import { ExportButton } from "../../../parts/ExportButton";
import { FilterBar } from "../../../parts/FilterBar";
import { useCursor } from "../../../parts/useCursor";
import { useFilters } from "../../../parts/useFilters";
import { useLabel } from "../../../parts/useLabel";
import { usePhone } from "../../../parts/usePhone";
import { IssueDialog } from "./IssueDialog";

const LIMIT = 50;
const NAMES = ["held"] as const;
const STATUSES = ["available", "reserved", "redeemed", "expired", "revoked"] as const;

const isStatus = (text: string | undefined): text is CouponStatus =>
  STATUSES.some((status) => status === text);

/** The coupons of a template that are out there. */
export function CouponsTab({ template, name }: { template: TemplateDetail; name: string }) {
  const { t } = useTranslation();
  const can = useCan();
  const label = useLabel();
  const phone = usePhone();
  const [issuing, setIssuing] = useState(false);
  const { filters, setFilters, clear } = useFilters(NAMES);
  const held = isStatus(filters.held) ? filters.held : undefined;
  const wanted = { template_id: template.id, ...(held && { status: held }) };
  const cursor = useCursor(wanted);
  const query = useCoupons({ ...wanted, limit: LIMIT, cursor: cursor.cursor });
  const issue = can("coupons.issue") && template.status === "published" && (
    <Button type="primary" icon={<GiftOutlined />} onClick={() => setIssuing(true)}>
      {t("coupons.issue.open")}
    </Button>
  );
  return (
    <>
      <FilterBar
        active={held ? 1 : 0}
        onClear={clear}
        tools={
          <>
            {!phone && <ExportButton path="/v1/coupons/export" query={wanted} />}
            {issue}
          </>
        }
        search={
          <Select
            allowClear
            value={held ?? null}
            placeholder={t("filter.status")}
            aria-label={t("filter.status")}
            style={{ width: 150 }}
            options={STATUSES.map((value) => ({ value, label: label("couponStatus", value) }))}
            onChange={(value: string | null) => setFilters({ held: value ?? "" })}
          />
        }
      />
      <CouponList
        query={query}
        show="holder"
        filtered={held !== undefined}
        onClear={clear}
        emptyHint={t("coupons.emptyCoupons")}
        pager={{ cursor, next: query.data?.next_cursor, limit: LIMIT }}
      />
      {issuing && <IssueDialog template={template} name={name} onClose={() => setIssuing(false)} />}
    </>
  );
}
