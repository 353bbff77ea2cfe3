import { useTranslation } from "react-i18next";
import { useCoupons } from "../../../api/coupons";
import { CouponList } from "../../../parts/CouponList";
import { useCursor } from "../../../parts/useCursor";

const LIMIT = 20;

/** Every coupon she holds or held. */
export function CouponsOfMember({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const cursor = useCursor(memberId);
  const query = useCoupons({ member_id: memberId, limit: LIMIT, cursor: cursor.cursor });
  return (
    <CouponList
      query={query}
      show="template"
      filtered={false}
      onClear={() => {}}
      emptyHint={t("wallet.noCoupons")}
      pager={{ cursor, next: query.data?.next_cursor, limit: LIMIT }}
    />
  );
}
